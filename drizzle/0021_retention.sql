ALTER TABLE "broadcasts" ADD COLUMN "counts" jsonb;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "swept_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "idx_broadcasts_unswept" ON "broadcasts" USING btree ("ended_at") WHERE "broadcasts"."swept_at" is null;--> statement-breakpoint
CREATE INDEX "idx_owner_requests_created" ON "owner_requests" USING btree ("created_at");