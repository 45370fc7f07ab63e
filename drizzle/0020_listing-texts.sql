CREATE TABLE "listing_texts" (
	"key" text PRIMARY KEY NOT NULL,
	"listing" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idx_listing_texts_created" ON "listing_texts" USING btree ("created_at");