using System.Buffers;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>What the stream is told beside the event (docs/events.md, Payload and stream).</summary>
internal static class StreamState
{
    /// <summary>Adds the state as JSON; all keys are known by now.</summary>
    internal static DocumentRange Add(DocumentBuffer documents, EventJob job, bool isRaw)
    {
        var start = documents.Length;
        documents.Write("{"u8);
        WriteFlags(documents, job);
        documents.Write(job.IsTransaction ? ",\"queue\":\"post_process_transactions\""u8 : ",\"queue\":\"post_process_errors\""u8);
        Write(documents, ",\"skip_consume\":"u8, isRaw);
        documents.Write(",\"group_states\":"u8);
        if (job.Group is { } group)
        {
            documents.Write("[{\"id\":"u8);
            documents.Write(group.Id);
            documents.Write(","u8);
            WriteFlags(documents, job);
            documents.Write("}]}"u8);
        }
        else
        {
            documents.Write("null}"u8);
        }

        return documents.Since(start);
    }

    private static void WriteFlags(DocumentBuffer documents, EventJob job)
    {
        Write(documents, "\"is_new\":"u8, job.IsNew);
        Write(documents, ",\"is_regression\":"u8, job.IsRegression);
        Write(documents, ",\"is_new_group_environment\":"u8, job.IsNewGroupEnvironment);
    }

    private static void Write(DocumentBuffer documents, ReadOnlySpan<byte> name, bool value)
    {
        documents.Write(name);
        documents.Write(value ? "true"u8 : "false"u8);
    }
}
