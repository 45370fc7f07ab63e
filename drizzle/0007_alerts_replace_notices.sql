-- A pause of sales that stands goes on, and its end is told.
INSERT INTO "alerts" ("key", "details", "lasts", "raised_at", "stands_from", "told_at")
SELECT "key", '{}', true, "created_at", "created_at", "created_at" FROM "notices";--> statement-breakpoint
DROP TABLE "notices" CASCADE;