ALTER TABLE "credit_entries" DROP CONSTRAINT "credit_entries_kind";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "owed_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "idx_credit_entries_photoshoot" ON "credit_entries" USING btree ("photoshoot_id");--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_kind" CHECK ("credit_entries"."kind" in ('gift', 'purchase', 'reserve', 'capture', 'release', 'give-back', 'refund', 'repay', 'chargeback', 'reward', 'promo'));