ALTER TABLE "styles" DROP CONSTRAINT "styles_origin";--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "cut_out_of" bigint;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_cut_out_of" ON "photoshoots" USING btree ("cut_out_of") WHERE "photoshoots"."cut_out_of" is not null;--> statement-breakpoint
ALTER TABLE "styles" ADD CONSTRAINT "styles_origin" CHECK ("styles"."origin" in ('proposed', 'own', 'house', 'surprise', 'preset', 'correction', 'cut-out'));