ALTER TABLE "alerts" ADD COLUMN "channels_told_at" timestamp (3) with time zone;--> statement-breakpoint
-- Until now mail and Slack were told with the chat: what was told is not told to them again.
UPDATE "alerts" SET "channels_told_at" = "told_at";
