ALTER TABLE "photoshoots" ADD COLUMN "redo_of_picture_id" bigint;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "label_in_photo" text;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "label_in_picture" text;--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_label" CHECK ("processed_images"."label" in ('as-in-photo', 'differs', 'none', 'not-read'));