CREATE TABLE "intake_processes" (
	"id" text PRIMARY KEY NOT NULL,
	"polls" boolean NOT NULL,
	"beat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD COLUMN "handled_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD COLUMN "deaths" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD COLUMN "fault" text;--> statement-breakpoint
CREATE UNIQUE INDEX "intake_processes_polling" ON "intake_processes" USING btree ("polls") WHERE "intake_processes"."polls";--> statement-breakpoint
CREATE INDEX "idx_telegram_updates_dead" ON "telegram_updates" USING btree ("update_id") WHERE "telegram_updates"."state" = 'dead';--> statement-breakpoint
ALTER TABLE "telegram_updates" DROP COLUMN "attempts";--> statement-breakpoint
ALTER TABLE "telegram_updates" DROP COLUMN "lease_until";