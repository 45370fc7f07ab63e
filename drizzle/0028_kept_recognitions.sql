CREATE TABLE "recognitions" (
	"key" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"recognised" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_recognitions_created" ON "recognitions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_recognitions_user" ON "recognitions" USING btree ("user_id");