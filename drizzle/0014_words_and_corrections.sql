ALTER TABLE "styles" DROP CONSTRAINT "styles_origin";--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "name_given" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "ratio_chosen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "based_on_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "undone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "naming_draft_id" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "correcting_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "styles" ADD CONSTRAINT "styles_origin" CHECK ("styles"."origin" in ('proposed', 'own', 'house', 'surprise', 'preset', 'correction'));