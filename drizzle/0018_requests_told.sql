ALTER TABLE "owner_requests" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
-- What was done before nobody is told again.
UPDATE "owner_requests" SET "told_at" = "done_at" WHERE "done_at" IS NOT NULL;
