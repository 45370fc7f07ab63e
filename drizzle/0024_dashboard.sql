CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"hash" text NOT NULL,
	"user_id" bigint NOT NULL,
	"opened_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_hash" UNIQUE("hash"),
	CONSTRAINT "sessions_opened_by" UNIQUE("opened_by")
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"spent_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "owner_actions" DROP CONSTRAINT "owner_actions_act";--> statement-breakpoint
ALTER TABLE "support_messages" ADD COLUMN "source_key" text;--> statement-breakpoint
CREATE INDEX "idx_sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "support_messages" ADD CONSTRAINT "support_messages_source" UNIQUE("source_key");--> statement-breakpoint
ALTER TABLE "owner_actions" ADD CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'begin-weekly-digest', 'end-weekly-digest', 'broadcast', 'set-thresholds', 'sign-in'));