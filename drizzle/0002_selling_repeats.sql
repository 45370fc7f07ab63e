ALTER TABLE "promo_redemptions" ADD COLUMN "key" text;--> statement-breakpoint
-- By hand: uses from before were asked for by messages that nobody remembers.
UPDATE "promo_redemptions" SET "key" = 'redemption:' || "id";--> statement-breakpoint
ALTER TABLE "promo_redemptions" ALTER COLUMN "key" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "idx_promo_redemptions_unused" ON "promo_redemptions" USING btree ("user_id") WHERE "promo_redemptions"."used_at" is null;--> statement-breakpoint
ALTER TABLE "promo_redemptions" ADD CONSTRAINT "promo_redemptions_key" UNIQUE("key");
