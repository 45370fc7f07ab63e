CREATE TABLE "data_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "data_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"departed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "former_customers" (
	"pseudonym" text PRIMARY KEY NOT NULL,
	"banned" boolean NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credit_entries" DROP CONSTRAINT "credit_entries_kind";--> statement-breakpoint
DROP INDEX "idx_photoshoots_user_finished";--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "forgotten_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deletion_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_data_requests_user" ON "data_requests" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_broadcast_readers_user" ON "broadcast_readers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_owner_actions_actor" ON "owner_actions" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "idx_owner_actions_worded" ON "owner_actions" USING btree ("created_at") WHERE "owner_actions"."reason" is not null;--> statement-breakpoint
CREATE INDEX "idx_payments_refunded_by" ON "payments" USING btree ("refunded_by") WHERE "payments"."refunded_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_remembered" ON "photoshoots" USING btree ("finished_at") WHERE "photoshoots"."finished_at" is not null and "photoshoots"."forgotten_at" is null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_remembered_drafts" ON "photoshoots" USING btree ("expires_at") WHERE "photoshoots"."state" = 'expired' and "photoshoots"."forgotten_at" is null;--> statement-breakpoint
CREATE INDEX "idx_promo_redemptions_user" ON "promo_redemptions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_referral_rewards_invited" ON "referral_rewards" USING btree ("invited_id");--> statement-breakpoint
CREATE INDEX "idx_support_messages_author" ON "support_messages" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "idx_users_deletion_due" ON "users" USING btree ("deletion_due_at") WHERE "users"."deletion_due_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_users_invited_by" ON "users" USING btree ("invited_by") WHERE "users"."invited_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_user_finished" ON "photoshoots" USING btree ("user_id","finished_at","id","state") WHERE "photoshoots"."finished_at" is not null and "photoshoots"."forgotten_at" is null;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_kind" CHECK ("credit_entries"."kind" in ('gift', 'purchase', 'reserve', 'capture', 'release', 'give-back', 'refund', 'repay', 'chargeback', 'reward', 'promo', 'correction-up', 'correction-down', 'forfeit'));