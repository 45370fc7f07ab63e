CREATE TABLE "image_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"images" jsonb,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idx_image_batches_created" ON "image_batches" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_photoshoots_words" ON "photoshoots" USING gin ((to_tsvector('russian', coalesce("product_name", '') || ' ' || coalesce("product_kind", '')) || to_tsvector('english', coalesce("product_name", '') || ' ' || coalesce("product_kind", ''))));--> statement-breakpoint
CREATE INDEX "idx_style_presets_words" ON "style_presets" USING gin ((to_tsvector('russian', coalesce("title", '') || ' ' || coalesce("prompt", '')) || to_tsvector('english', coalesce("title", '') || ' ' || coalesce("prompt", ''))));