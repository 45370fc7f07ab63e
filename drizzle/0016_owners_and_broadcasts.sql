CREATE TABLE "broadcast_readers" (
	"broadcast_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	CONSTRAINT "broadcast_readers_broadcast_id_user_id_pk" PRIMARY KEY("broadcast_id","user_id"),
	CONSTRAINT "broadcast_readers_state" CHECK ("broadcast_readers"."state" in ('waiting', 'claimed', 'sent', 'blocked', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "broadcasts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"created_by" bigint NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"segment" text DEFAULT 'all' NOT NULL,
	"language" text,
	"texts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"card_message_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "broadcasts_state" CHECK ("broadcasts"."state" in ('draft', 'sending', 'paused', 'done', 'cancelled')),
	CONSTRAINT "broadcasts_segment" CHECK ("broadcasts"."segment" in ('all', 'buyers', 'inactive', 'language'))
);
--> statement-breakpoint
CREATE TABLE "owner_actions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "owner_actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_id" bigint NOT NULL,
	"act" text NOT NULL,
	"user_id" bigint,
	"object" text,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'broadcast'))
);
--> statement-breakpoint
CREATE TABLE "owner_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "owner_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"asked_by" bigint NOT NULL,
	"act" text NOT NULL,
	"user_id" bigint NOT NULL,
	"credits" integer,
	"words" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "owner_requests_act" CHECK ("owner_requests"."act" in ('gift', 'correct', 'ban', 'message'))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"until" timestamp (3) with time zone,
	"set_by" bigint NOT NULL,
	"set_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credit_entries" DROP CONSTRAINT "credit_entries_kind";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "answering_request_id" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "writing_broadcast" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "broadcasts_muted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "banned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "ban_reason" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast_readers" ADD CONSTRAINT "broadcast_readers_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_readers" ADD CONSTRAINT "broadcast_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_requests" ADD CONSTRAINT "owner_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_broadcast_readers_waiting" ON "broadcast_readers" USING btree ("broadcast_id","user_id") WHERE "broadcast_readers"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "idx_broadcasts_sending" ON "broadcasts" USING btree ("id") WHERE "broadcasts"."state" = 'sending';--> statement-breakpoint
CREATE INDEX "idx_owner_actions_created" ON "owner_actions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_owner_actions_user" ON "owner_actions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_owner_requests_user" ON "owner_requests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_users_role" ON "users" USING btree ("role") WHERE "users"."role" is not null;--> statement-breakpoint
CREATE INDEX "idx_users_username" ON "users" USING btree (lower("username"));--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_kind" CHECK ("credit_entries"."kind" in ('gift', 'purchase', 'reserve', 'capture', 'release', 'give-back', 'refund', 'repay', 'chargeback', 'reward', 'promo', 'correction-up', 'correction-down'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_ban_has_reason" CHECK (("users"."banned_at" is null) = ("users"."ban_reason" is null));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_role" CHECK ("users"."role" in ('support'));--> statement-breakpoint
-- Until now nobody wrote down who was here when; their last photoshoot says at least something.
UPDATE "users" SET "last_seen_at" = greatest("created_at", (SELECT max("photoshoots"."created_at") FROM "photoshoots" WHERE "photoshoots"."user_id" = "users"."id"));
