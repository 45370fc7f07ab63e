CREATE TABLE "kept_files" (
	"name" text PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"kept_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
