ALTER TABLE "owner_actions" DROP CONSTRAINT "owner_actions_act";--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "counts" jsonb;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "swept_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "idx_broadcasts_unswept" ON "broadcasts" USING btree ("ended_at") WHERE "broadcasts"."swept_at" is null;--> statement-breakpoint
CREATE INDEX "idx_owner_requests_created" ON "owner_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_support_tickets_created" ON "support_tickets" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "owner_actions" ADD CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'begin-weekly-digest', 'end-weekly-digest', 'broadcast', 'set-thresholds'));