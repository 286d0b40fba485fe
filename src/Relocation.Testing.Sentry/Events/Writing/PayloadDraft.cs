using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>A payload that only lacks what storing puts behind it, as text.</summary>
internal sealed class PayloadDraft
{
    /// <summary>What storing writes or takes out. Where one is there already, its place is not the end.</summary>
    private static readonly string[] Settled = ["_ref", "_ref_version", "_metrics", "nodestore_insert", "debug_meta", "_meta"];

    private readonly DocumentBuffer _buffer;
    private readonly DocumentRange _range;

    private PayloadDraft(DocumentBuffer buffer, DocumentRange range) => (_buffer, _range) = (buffer, range);

    internal ReadOnlySpan<byte> Text => _buffer.Bytes(_range);

    /// <summary>
    /// The draft of a described event, or null where it is to be written when it is stored: it may change, or says then why it cannot be written.
    /// </summary>
    internal static PayloadDraft? Of(EventJob job, DraftBuffers buffers)
    {
        if (job.Outcome != EventOutcome.Saved || job.Input.Attachments.Count > 0 || HasSettled(job.Data))
        {
            return null;
        }

        var buffer = buffers.Take();
        var start = buffer.Length;
        try
        {
            return new PayloadDraft(buffer, buffer.Add(job.Data));
        }
        catch (Exception exception) when (UnwritablePayload.MayExplain(exception))
        {
            buffer.Cut(start);
            return null;
        }
        finally
        {
            buffers.GiveBack(buffer);
        }
    }

    private static bool HasSettled(JsonObject data)
    {
        foreach (var name in Settled)
        {
            if (data.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }
}
