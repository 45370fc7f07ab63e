CREATE TABLE "alerts" (
	"key" text PRIMARY KEY NOT NULL,
	"details" jsonb NOT NULL,
	"lasts" boolean NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"stands_from" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
