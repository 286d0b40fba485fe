using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Finishes the payload and turns it into text, once (docs/events.md, Payload and stream): what is stored with it afterwards, its size and
/// the moment of storing, is put behind the text.
/// </summary>
internal sealed class PayloadStep(BatchRows rows, EventSession session, EventSettings settings)
{
    private const string Metrics = "_metrics";

    private const string StoredSize = "bytes.stored.event";

    private const string Inserted = "nodestore_insert";

    /// <summary>What readers of the stream are not told.</summary>
    private static readonly string[] OfNoReader = ["debug_meta", "_meta"];

    internal void Apply(EventJob job, IReadOnlyList<AttachmentRow> attachments)
    {
        var data = job.Data;
        if (job.Group is not null)
        {
            data["_ref"] = job.Project.Id;
            data["_ref_version"] = 2;
        }

        var metrics = data[Metrics] as JsonObject ?? [];
        data.Remove(Metrics);
        data.Remove(Inserted);
        var payload = job.Draft is { } draft ? Complete(draft, job) : session.Documents.Add(data);
        AddSizes(metrics, payload.Length, attachments);
        payload = Close(payload, metrics, job.Now);
        data[Metrics] = metrics;
        data[Inserted] = job.Now.ToUnixTimeSeconds();

        job.NodeContent = settings.Options.EncodesNodes ? EncodedText.Add(session.Documents, payload, "\n"u8) : payload;
        rows.Nodes[(job.Project.Id, job.EventId)] = job;
        if (!job.IsGeneric)
        {
            job.StreamPayload = Array.Exists(OfNoReader, data.ContainsKey) ? WriteForReaders(data) : payload;
        }
    }

    /// <summary>Writes a payload that was written before its group was known.</summary>
    private DocumentRange Complete(PayloadDraft draft, EventJob job)
    {
        var documents = session.Documents;
        var start = documents.Length;
        documents.Add(draft.Text[..^1]);
        if (job.Group is not null)
        {
            documents.Write(",\"_ref\":"u8);
            documents.Write(job.Project.Id);
            documents.Write(",\"_ref_version\":2"u8);
        }

        documents.Write("}"u8);
        return documents.Since(start);
    }

    /// <summary>The size is that of the payload with its metrics, before the size itself is one of them.</summary>
    private static void AddSizes(JsonObject metrics, int length, IReadOnlyList<AttachmentRow> attachments)
    {
        var metricsLength = metrics.Count == 0 ? 2 : Encoding.UTF8.GetByteCount(PayloadText.Of(metrics));
        metrics[StoredSize] = length + ",\"_metrics\":".Length + metricsLength;
        foreach (var attachment in attachments)
        {
            var name = $"bytes.stored.{attachment.Type}";
            metrics[name] = (metrics[name] is JsonValue value && value.TryGetValue<long>(out var before) ? before : 0) + attachment.Size;
        }
    }

    /// <summary>Puts the last two attributes behind the payload, which was written last.</summary>
    private DocumentRange Close(DocumentRange payload, JsonObject metrics, DateTimeOffset now)
    {
        var documents = session.Documents;
        var isEmpty = payload.Length == 2;
        documents.Cut(payload.Offset + payload.Length - 1);
        documents.Write(isEmpty ? "\"_metrics\":"u8 : ",\"_metrics\":"u8);
        documents.Add(metrics);
        documents.Write(",\"nodestore_insert\":"u8);
        documents.Write(now.ToUnixTimeSeconds());
        documents.Write("}"u8);
        return documents.Since(payload.Offset);
    }

    private DocumentRange WriteForReaders(JsonObject data)
    {
        var held = new List<(string Name, JsonNode? Value)>();
        foreach (var name in OfNoReader)
        {
            if (data.TryGetPropertyValue(name, out var value))
            {
                data.Remove(name);
                held.Add((name, value));
            }
        }

        var payload = session.Documents.Add(data);
        foreach (var (name, value) in held)
        {
            data[name] = value;
        }

        return payload;
    }
}
