ALTER TABLE "styles" DROP CONSTRAINT "styles_origin";--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "advice" text;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "size" text DEFAULT 'usual' NOT NULL;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "cut_out_of" bigint;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "credits" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "credits_saved" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "reshaped" text;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_cut_out_of" ON "photoshoots" USING btree ("cut_out_of") WHERE "photoshoots"."cut_out_of" is not null;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD CONSTRAINT "photoshoots_size" CHECK ("photoshoots"."size" in ('usual', 'large'));--> statement-breakpoint
ALTER TABLE "photoshoots" ADD CONSTRAINT "photoshoots_advice" CHECK ("photoshoots"."advice" in ('several-products', 'cut-off', 'person', 'dark', 'blurred', 'tiny', 'flat'));--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_reshaped" CHECK ("processed_images"."reshaped" in ('cut', 'extended'));--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_credits" CHECK ("processed_images"."credits_saved" between 0 and "processed_images"."credits");--> statement-breakpoint
ALTER TABLE "styles" ADD CONSTRAINT "styles_origin" CHECK ("styles"."origin" in ('proposed', 'own', 'house', 'surprise', 'preset', 'correction', 'cut-out'));