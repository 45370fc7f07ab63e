CREATE TABLE "daily_figures" (
	"day" date NOT NULL,
	"figure" text NOT NULL,
	"dimension" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "daily_figures_figure_day_dimension_pk" PRIMARY KEY("figure","day","dimension")
);
--> statement-breakpoint
CREATE TABLE "roll_ups" (
	"basis" text PRIMARY KEY NOT NULL,
	"through" timestamp (3) with time zone,
	"begun_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "idx_photoshoots_drafts";--> statement-breakpoint
DROP INDEX "idx_payments_user_created";--> statement-breakpoint
DROP INDEX "idx_photoshoots_user_created";--> statement-breakpoint
DROP INDEX "idx_processed_images_style";--> statement-breakpoint
DROP INDEX "idx_provider_attempts_recent";--> statement-breakpoint
CREATE INDEX "idx_credit_entries_brought" ON "credit_entries" USING btree ("user_id","id") WHERE "credit_entries"."kind" not in ('reserve', 'capture', 'release', 'give-back');--> statement-breakpoint
CREATE INDEX "idx_credit_entries_brought_created" ON "credit_entries" USING btree ("created_at") WHERE "credit_entries"."kind" not in ('reserve', 'capture', 'release', 'give-back');--> statement-breakpoint
CREATE INDEX "idx_payments_refunded" ON "payments" USING btree ("refunded_at") WHERE "payments"."refunded_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_created" ON "photoshoots" USING btree ("created_at","user_id");--> statement-breakpoint
CREATE INDEX "idx_photoshoots_finished" ON "photoshoots" USING btree ("finished_at") WHERE "photoshoots"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_user_finished" ON "photoshoots" USING btree ("user_id","finished_at","id","state") WHERE "photoshoots"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_photoshoots_unplaced" ON "photoshoots" USING btree ("expires_at") WHERE "photoshoots"."state" in ('draft', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "idx_photoshoots_untold" ON "photoshoots" USING btree ("id") WHERE "photoshoots"."state" in ('completed', 'cancelled', 'failed') and "photoshoots"."outcome_told_at" is null;--> statement-breakpoint
CREATE INDEX "idx_picture_files_created" ON "picture_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_processed_images_given_back" ON "processed_images" USING btree ("given_back_at") WHERE "processed_images"."given_back_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_users_created" ON "users" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_users_blocked" ON "users" USING btree ("blocked_at") WHERE "users"."blocked_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_payments_user_created" ON "payments" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_photoshoots_user_created" ON "photoshoots" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_processed_images_style" ON "processed_images" USING btree ("style","created_at");--> statement-breakpoint
CREATE INDEX "idx_provider_attempts_recent" ON "provider_attempts" USING btree ("purpose","state","started_at");