ALTER TABLE "photoshoots" ADD COLUMN "size" text DEFAULT 'usual' NOT NULL;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "credits" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "credits_saved" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "reshaped" text;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD CONSTRAINT "photoshoots_size" CHECK ("photoshoots"."size" in ('usual', 'large'));--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_reshaped" CHECK ("processed_images"."reshaped" in ('cut', 'extended'));--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_credits" CHECK ("processed_images"."credits_saved" between 0 and "processed_images"."credits");