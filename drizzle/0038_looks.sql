ALTER TABLE "photoshoot_photos" ADD COLUMN "look" bit(64);--> statement-breakpoint
ALTER TABLE "processed_images" ADD COLUMN "look" bit(64);--> statement-breakpoint
CREATE INDEX "idx_photoshoot_photos_look" ON "photoshoot_photos" USING btree ("look","photoshoot_id","message_id") WHERE "photoshoot_photos"."look" is not null;--> statement-breakpoint
CREATE INDEX "idx_processed_images_look" ON "processed_images" USING btree ("look","user_id","id") WHERE "processed_images"."look" is not null;