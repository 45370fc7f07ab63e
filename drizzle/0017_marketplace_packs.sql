CREATE TABLE "marketplace_packs" (
	"photoshoot_id" bigint PRIMARY KEY NOT NULL,
	"channels" text DEFAULT '' NOT NULL,
	"sku" text,
	"card_message_id" bigint,
	"queued_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "naming_photoshoot_id" bigint;--> statement-breakpoint
ALTER TABLE "marketplace_packs" ADD CONSTRAINT "marketplace_packs_photoshoot_id_photoshoots_id_fk" FOREIGN KEY ("photoshoot_id") REFERENCES "public"."photoshoots"("id") ON DELETE cascade ON UPDATE no action;