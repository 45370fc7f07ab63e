ALTER TABLE "photoshoots" ADD COLUMN "ideas_asked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD COLUMN "ideas_come" integer DEFAULT 0 NOT NULL;