using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Attaching;

/// <summary>Decides which attachments of an error event are kept, and how (docs/events.md, Attachments).</summary>
internal sealed class AttachmentStep(BatchRows rows, EventSession session)
{
    private const int InlineLimit = 192;

    private const int Unlimited = -1;

    private readonly Dictionary<long, int> _organizationLimits = [];
    private readonly Dictionary<GroupRow, long> _crashReports = [];

    /// <summary>Looks for what limits crash reports, where there are any, and for blobs that are there already.</summary>
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var attached = jobs.Where(job => job.IsOfErrors && job.Input.Attachments.Count > 0).ToList();
        if (attached.Count == 0)
        {
            return;
        }

        await LoadLimitsAsync([.. attached.Where(job => job.Input.Attachments.Any(IsCrashReport))], cancellationToken).ConfigureAwait(false);
        var cells = session.CellsOf(LookUps.Blobs);
        foreach (var path in attached.SelectMany(job => job.Input.Attachments).Where(NeedsBlob).Select(attachment => PathOf(HashOf(attachment))).Distinct())
        {
            cells.Add(path).EndRow();
        }

        await session.ReadAsync(
            LookUps.Blobs,
            cells,
            reader => rows.Blobs.Add(reader.GetString(0), new BlobRow { Path = reader.GetString(0), Content = default }),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The attachments that are kept. A crash report that is one too many is noted in the payload.</summary>
    internal IReadOnlyList<AttachmentRow> Take(EventJob job)
    {
        if (job.Input.Attachments.Count == 0)
        {
            return [];
        }

        var taken = new List<AttachmentRow>();
        foreach (var attachment in job.Input.Attachments)
        {
            if (!attachment.IsRateLimited && (!IsCrashReport(attachment) || TakesCrashReport(job)))
            {
                taken.Add(Row(job, attachment));
            }
        }

        return taken;
    }

    /// <summary>Stores the attachments of an event: the last of its steps.</summary>
    internal void Store(IReadOnlyList<AttachmentRow> attachments) => rows.Attachments.AddRange(attachments);

    private static bool IsCrashReport(EventAttachment attachment) => attachment.Type is "event.minidump" or "event.applecrashreport";

    private static bool NeedsBlob(EventAttachment attachment) => attachment.Content.Length > 0 && !IsInline(attachment.Content.Span);

    private static bool IsInline(ReadOnlySpan<byte> content) => content.Length < InlineLimit && !content.ContainsAnyExceptInRange((byte)0x01, (byte)0x7E);

    private static string PathOf(string hash) => $"eventattachments/v1/{hash}";

#pragma warning disable CA5350 // The column holds this hash; it guards nothing.
    private static string HashOf(EventAttachment attachment) => Convert.ToHexStringLower(SHA1.HashData(attachment.Content.Span));
#pragma warning restore CA5350

    private bool TakesCrashReport(EventJob job)
    {
        var limit = job.Project.CrashReports ?? _organizationLimits.GetValueOrDefault(job.Project.OrganizationId);
        var stored = _crashReports.GetValueOrDefault(job.Group!);
        if (limit != Unlimited && stored >= limit)
        {
            if (limit > 0 && job.Data["metadata"] is System.Text.Json.Nodes.JsonObject metadata)
            {
                metadata["stripped_crash"] = true;
            }

            return false;
        }

        _crashReports[job.Group!] = stored + 1;
        return true;
    }

    private AttachmentRow Row(EventJob job, EventAttachment attachment)
    {
        var hash = HashOf(attachment);
        var content = attachment.Content.Span;
        return new AttachmentRow
        {
            IsNew = true,
            Job = job,
            Type = attachment.Type,
            Name = attachment.Name,
            ContentType = ContentTypes.Of(attachment),
            Size = content.Length,
            Hash = hash,
            BlobPath = content.IsEmpty ? null : IsInline(content) ? $":{Encoding.ASCII.GetString(content)}" : Blob(PathOf(hash), content),
        };
    }

    /// <summary>Equal contents share a blob.</summary>
    private string Blob(string path, ReadOnlySpan<byte> content)
    {
        if (rows.Blobs.Find(path) is null)
        {
            rows.Blobs.Add(path, new BlobRow { IsNew = true, Path = path, Content = session.Documents.Add(EncodedText.Encode(content)) });
        }

        return path;
    }

    private async Task LoadLimitsAsync(List<EventJob> jobs, CancellationToken cancellationToken)
    {
        var organizations = session.CellsOf(LookUps.OrganizationOptions);
        foreach (var organization in jobs.Select(job => job.Project.OrganizationId).Distinct())
        {
            organizations.Add(organization).EndRow();
        }

        await session.ReadAsync(
            LookUps.OrganizationOptions,
            organizations,
            reader => _organizationLimits[reader.GetInt64(0)] = ProjectStep.CrashReportsOf(reader.GetString(1)) ?? 0,
            cancellationToken).ConfigureAwait(false);

        var groups = session.CellsOf(LookUps.CrashReports);
        foreach (var group in jobs.SelectMany(job => job.Hashes.Count > 0 ? job.Hashes[0].Root.Groups : []).Distinct())
        {
            groups.Add(group.Id).EndRow();
        }

        await session.ReadAsync(
            LookUps.CrashReports,
            groups,
            reader => _crashReports[rows.FoundGroups[reader.GetInt64(0)]] = reader.GetInt64(1),
            cancellationToken).ConfigureAwait(false);
    }
}
