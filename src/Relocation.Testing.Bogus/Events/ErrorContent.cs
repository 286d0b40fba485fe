using System.Globalization;
using System.Text.Json.Nodes;
using Bogus;

namespace Relocation.Testing.Events;

/// <summary>What an error has: an exception with its frames, sometimes one that led to it, and breadcrumbs.</summary>
internal static class ErrorContent
{
    private static readonly string[] Levels = ["error", "error", "error", "fatal", "warning"];
    private static readonly string[] Categories = ["http", "query", "ui.click"];

    internal static void Add(JsonObject made, EventShape shape, Randomizer random, DateTimeOffset moment)
    {
        made["level"] = random.ArrayElement(Levels);
        var values = new JsonArray();
        if (shape.Frames.Count % 3 == 0)
        {
            values.Add((JsonNode)new JsonObject { ["type"] = "ConnectionError", ["value"] = "connection reset", ["module"] = "http.client" });
        }

        values.Add((JsonNode)new JsonObject
        {
            ["type"] = shape.Type,
            ["value"] = string.Create(CultureInfo.InvariantCulture, $"{shape.Value}, attempt {random.Number(1, 9)}"),
            ["module"] = shape.Logger,
            ["mechanism"] = new JsonObject { ["type"] = "generic", ["handled"] = random.Bool() },
            ["stacktrace"] = new JsonObject { ["frames"] = Frames(shape) },
        });
        made["exception"] = new JsonObject { ["values"] = values };
        made["breadcrumbs"] = new JsonObject { ["values"] = Breadcrumbs(shape, random, moment) };
    }

    private static JsonArray Frames(EventShape shape)
    {
        var frames = new JsonArray();
        foreach (var frame in shape.Frames)
        {
            var file = $"{frame.Module.Replace('.', '/')}.{(shape.Platform == "javascript" ? "js" : "py")}";
            frames.Add((JsonNode)new JsonObject
            {
                ["function"] = frame.Function,
                ["module"] = frame.Module,
                ["filename"] = file,
                ["abs_path"] = $"/srv/{file}",
                ["lineno"] = frame.Line,
                ["in_app"] = frame.IsInApplication,
            });
        }

        return frames;
    }

    private static JsonArray Breadcrumbs(EventShape shape, Randomizer random, DateTimeOffset moment)
    {
        var crumbs = new JsonArray();
        for (var left = random.Number(0, 4); left > 0; left--)
        {
            crumbs.Add((JsonNode)new JsonObject
            {
                ["timestamp"] = EventMaker.Moment(moment.AddSeconds(-left)),
                ["type"] = "default",
                ["category"] = random.ArrayElement(Categories),
                ["level"] = "info",
                ["message"] = $"before {shape.Route}",
            });
        }

        return crumbs;
    }
}
