CREATE TABLE "refund_parts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refund_parts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"payment_id" bigint NOT NULL,
	"amount" integer NOT NULL,
	"credits" integer NOT NULL,
	"key" text NOT NULL,
	"given_by" bigint NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refund_parts_key" UNIQUE("key"),
	CONSTRAINT "refund_parts_positive" CHECK ("refund_parts"."amount" > 0 and "refund_parts"."credits" >= 0)
);
--> statement-breakpoint
ALTER TABLE "owner_actions" DROP CONSTRAINT "owner_actions_act";--> statement-breakpoint
ALTER TABLE "owner_requests" DROP CONSTRAINT "owner_requests_act";--> statement-breakpoint
ALTER TABLE "owner_requests" ADD COLUMN "payment_id" bigint;--> statement-breakpoint
ALTER TABLE "owner_requests" ADD COLUMN "amount" integer;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "given_back" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "reclaimed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refund_parts" ADD CONSTRAINT "refund_parts_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_refund_parts_payment" ON "refund_parts" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "idx_refund_parts_given" ON "refund_parts" USING btree ("given_at");--> statement-breakpoint
CREATE INDEX "idx_refund_parts_given_by" ON "refund_parts" USING btree ("given_by");--> statement-breakpoint
ALTER TABLE "owner_requests" ADD CONSTRAINT "owner_requests_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_actions" ADD CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'refund-part', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'begin-weekly-digest', 'end-weekly-digest', 'broadcast', 'set-thresholds', 'set-limit', 'arrange-styles', 'clear-caches', 'warm-caches', 'clean-up', 'sign-in'));--> statement-breakpoint
ALTER TABLE "owner_requests" ADD CONSTRAINT "owner_requests_act" CHECK ("owner_requests"."act" in ('gift', 'correct', 'ban', 'message', 'refund-part'));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_parts" CHECK ("payments"."given_back" between 0 and "payments"."amount" and "payments"."reclaimed" between 0 and "payments"."credits");