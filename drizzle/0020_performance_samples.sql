CREATE TABLE "performance_samples" (
	"at" timestamp (3) with time zone NOT NULL,
	"process" text NOT NULL,
	"figures" jsonb NOT NULL,
	CONSTRAINT "performance_samples_process_at_pk" PRIMARY KEY("process","at")
);
--> statement-breakpoint
CREATE INDEX "idx_performance_samples_at" ON "performance_samples" USING btree ("at");