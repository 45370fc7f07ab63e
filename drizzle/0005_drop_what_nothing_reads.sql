DROP INDEX "idx_picture_files_created";--> statement-breakpoint
ALTER TABLE "photoshoots" DROP COLUMN "started_at";--> statement-breakpoint
ALTER TABLE "processed_images" DROP COLUMN "made_at";