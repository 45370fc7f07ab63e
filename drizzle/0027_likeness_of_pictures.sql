ALTER TABLE "processed_images" ADD COLUMN "likeness" text;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "likeness_reasons" text;--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_likeness" CHECK ("processed_images"."likeness" in ('same', 'drifted', 'not-measured'));