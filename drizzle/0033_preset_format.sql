ALTER TABLE "style_presets" ADD COLUMN "ratio" text;--> statement-breakpoint
ALTER TABLE "style_presets" ADD COLUMN "size" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "renaming_preset_id" bigint;--> statement-breakpoint
ALTER TABLE "style_presets" ADD CONSTRAINT "style_presets_size" CHECK ("style_presets"."size" in ('usual', 'large'));--> statement-breakpoint
ALTER TABLE "style_presets" ADD CONSTRAINT "style_presets_format" CHECK (("style_presets"."ratio" is null) = ("style_presets"."size" is null));