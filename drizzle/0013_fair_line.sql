ALTER TABLE "photoshoots" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "photoshoots" SET "priority" = 1000000 WHERE "paid" AND "state" IN ('queued', 'generating');
