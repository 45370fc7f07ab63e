CREATE TABLE "unsettled_charges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unsettled_charges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"charge_id" text NOT NULL,
	"provider_charge_id" text,
	"user_id" bigint NOT NULL,
	"language" text,
	"payload" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"paid_until" timestamp (3) with time zone,
	"source" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"telling_until" timestamp (3) with time zone,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "unsettled_charges_charge" UNIQUE("charge_id","kind"),
	CONSTRAINT "unsettled_charges_kind" CHECK ("unsettled_charges"."kind" in ('payment', 'refund'))
);
--> statement-breakpoint
CREATE INDEX "idx_photoshoots_unpaid" ON "photoshoots" USING btree ("id") WHERE "photoshoots"."state" = 'awaiting_payment';