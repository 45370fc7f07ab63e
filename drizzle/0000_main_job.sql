CREATE TABLE "credit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"available" integer NOT NULL,
	"held" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"photoshoot_id" bigint,
	"picture_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_entries_idempotency_key" UNIQUE("idempotency_key"),
	CONSTRAINT "credit_entries_kind" CHECK ("credit_entries"."kind" in ('gift', 'purchase', 'reserve', 'capture', 'release', 'give-back'))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photoshoot_photos" (
	"photoshoot_id" bigint NOT NULL,
	"file_id" text NOT NULL,
	"file_unique_id" text NOT NULL,
	"message_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "photoshoot_photos_message" UNIQUE("photoshoot_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "photoshoots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "photoshoots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"chat_id" bigint NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"source_key" text NOT NULL,
	"caption" text,
	"card_message_id" bigint,
	"product_name" text,
	"product_kind" text,
	"recommended_ratio" text,
	"is_product" boolean,
	"failure_code" text,
	"ratio" text NOT NULL,
	"picture_count" integer,
	"paid" boolean DEFAULT false NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"cancel_requested_at" timestamp (3) with time zone,
	"delivery_started_at" timestamp (3) with time zone,
	"repeat_of" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"placed_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"outcome_told_at" timestamp (3) with time zone,
	CONSTRAINT "photoshoots_source" UNIQUE("source_key"),
	CONSTRAINT "photoshoots_state" CHECK ("photoshoots"."state" in ('draft', 'queued', 'generating', 'completed', 'cancelled', 'failed', 'expired')),
	CONSTRAINT "photoshoots_picture_count" CHECK ("photoshoots"."picture_count" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "picture_files" (
	"picture_id" bigint PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "processed_images" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "processed_images_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"photoshoot_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"style" text NOT NULL,
	"style_prompt" text NOT NULL,
	"style_origin" text NOT NULL,
	"ratio" text NOT NULL,
	"paid" boolean DEFAULT false NOT NULL,
	"provider" text,
	"model" text,
	"cost_micro_usd" bigint,
	"failure_code" text,
	"photo_file_id" text,
	"photo_message_id" bigint,
	"document_file_id" text,
	"given_back_at" timestamp (3) with time zone,
	"given_back_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"made_at" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "processed_images_position" UNIQUE("photoshoot_id","position"),
	CONSTRAINT "processed_images_state" CHECK ("processed_images"."state" in ('waiting', 'made', 'delivered', 'failed', 'refused', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "provider_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provider_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"photoshoot_id" bigint NOT NULL,
	"picture_id" bigint,
	"purpose" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"code" text,
	"request_id" text,
	"text_input_tokens" integer,
	"image_input_tokens" integer,
	"output_tokens" integer,
	"cost_micro_usd" bigint,
	"duration_ms" integer,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "provider_attempts_state" CHECK ("provider_attempts"."state" in ('open', 'succeeded', 'failed', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "style_presets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "style_presets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"title" text NOT NULL,
	"prompt" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "style_presets_user_title" UNIQUE("user_id","title")
);
--> statement-breakpoint
CREATE TABLE "styles" (
	"photoshoot_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"origin" text NOT NULL,
	"title" text NOT NULL,
	"prompt" text NOT NULL,
	"chosen" boolean DEFAULT false NOT NULL,
	CONSTRAINT "styles_photoshoot_id_number_pk" PRIMARY KEY("photoshoot_id","number"),
	CONSTRAINT "styles_origin" CHECK ("styles"."origin" in ('proposed', 'own', 'house', 'surprise', 'preset'))
);
--> statement-breakpoint
CREATE TABLE "telegram_updates" (
	"update_id" bigint PRIMARY KEY NOT NULL,
	"lane" bigint NOT NULL,
	"payload" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_updates_state" CHECK ("telegram_updates"."state" in ('waiting', 'done', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY NOT NULL,
	"first_name" text NOT NULL,
	"username" text,
	"language" text NOT NULL,
	"language_chosen" boolean DEFAULT false NOT NULL,
	"credits" integer DEFAULT 0 NOT NULL,
	"held_credits" integer DEFAULT 0 NOT NULL,
	"blocked_at" timestamp (3) with time zone,
	"describing_draft_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_credits_not_negative" CHECK ("users"."credits" >= 0),
	CONSTRAINT "users_held_not_negative" CHECK ("users"."held_credits" >= 0)
);
--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photoshoot_photos" ADD CONSTRAINT "photoshoot_photos_photoshoot_id_photoshoots_id_fk" FOREIGN KEY ("photoshoot_id") REFERENCES "public"."photoshoots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photoshoots" ADD CONSTRAINT "photoshoots_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_files" ADD CONSTRAINT "picture_files_picture_id_processed_images_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."processed_images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_photoshoot_id_photoshoots_id_fk" FOREIGN KEY ("photoshoot_id") REFERENCES "public"."photoshoots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "processed_images" ADD CONSTRAINT "processed_images_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD CONSTRAINT "provider_attempts_photoshoot_id_photoshoots_id_fk" FOREIGN KEY ("photoshoot_id") REFERENCES "public"."photoshoots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "style_presets" ADD CONSTRAINT "style_presets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "styles" ADD CONSTRAINT "styles_photoshoot_id_photoshoots_id_fk" FOREIGN KEY ("photoshoot_id") REFERENCES "public"."photoshoots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_credit_entries_user_created" ON "credit_entries" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_photoshoots_user_created" ON "photoshoots" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_photoshoots_open" ON "photoshoots" USING btree ("state","placed_at") WHERE "photoshoots"."state" in ('queued', 'generating');--> statement-breakpoint
CREATE INDEX "idx_photoshoots_drafts" ON "photoshoots" USING btree ("expires_at") WHERE "photoshoots"."state" = 'draft';--> statement-breakpoint
CREATE INDEX "idx_picture_files_created" ON "picture_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_processed_images_created" ON "processed_images" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_processed_images_user_created" ON "processed_images" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_processed_images_style" ON "processed_images" USING btree ("style");--> statement-breakpoint
CREATE INDEX "idx_processed_images_user_style" ON "processed_images" USING btree ("user_id","style");--> statement-breakpoint
CREATE INDEX "idx_provider_attempts_photoshoot" ON "provider_attempts" USING btree ("photoshoot_id");--> statement-breakpoint
CREATE INDEX "idx_provider_attempts_recent" ON "provider_attempts" USING btree ("purpose","state","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_style_presets_user" ON "style_presets" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_telegram_updates_waiting" ON "telegram_updates" USING btree ("lane","update_id") WHERE "telegram_updates"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "idx_telegram_updates_received" ON "telegram_updates" USING btree ("received_at");