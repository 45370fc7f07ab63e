CREATE TABLE "summed_figures" (
	"span" text NOT NULL,
	"day" date NOT NULL,
	"figure" text NOT NULL,
	"dimension" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "summed_figures_figure_span_day_dimension_pk" PRIMARY KEY("figure","span","day","dimension"),
	CONSTRAINT "summed_figures_span" CHECK ("summed_figures"."span" in ('day', 'month', 'year'))
);
--> statement-breakpoint
ALTER TABLE "owner_actions" DROP CONSTRAINT "owner_actions_act";--> statement-breakpoint
ALTER TABLE "owner_actions" ADD CONSTRAINT "owner_actions_act" CHECK ("owner_actions"."act" in ('gift', 'correct', 'refund', 'settle', 'ban', 'unban', 'message', 'answer-ticket', 'resolve-ticket', 'retry-update', 'create-promo', 'create-link', 'grant-support', 'withdraw-support', 'pause', 'resume', 'stop-free-credits', 'allow-free-credits', 'begin-weekly-digest', 'end-weekly-digest', 'broadcast', 'set-thresholds', 'set-limit', 'arrange-styles', 'sign-in'));