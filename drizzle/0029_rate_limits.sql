CREATE UNLOGGED TABLE "rate_limits" (
	"subject" text NOT NULL,
	"limit" text NOT NULL,
	"taken" jsonb NOT NULL,
	"most" integer NOT NULL,
	"window_ms" double precision NOT NULL,
	"allowed" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rate_limits_subject_limit_pk" PRIMARY KEY("subject","limit")
);
--> statement-breakpoint
ALTER TABLE "owner_actions" DROP CONSTRAINT "owner_actions_act";--> statement-breakpoint
CREATE INDEX "idx_rate_limits_expires" ON "rate_limits" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "owner_actions" ADD CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'begin-weekly-digest', 'end-weekly-digest', 'broadcast', 'set-thresholds', 'set-limit', 'sign-in'));