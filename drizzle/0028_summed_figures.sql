CREATE TABLE "summed_figures" (
	"span" text NOT NULL,
	"day" date NOT NULL,
	"figure" text NOT NULL,
	"dimension" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "summed_figures_figure_span_day_dimension_pk" PRIMARY KEY("figure","span","day","dimension"),
	CONSTRAINT "summed_figures_span" CHECK ("summed_figures"."span" in ('day', 'month', 'year'))
);
