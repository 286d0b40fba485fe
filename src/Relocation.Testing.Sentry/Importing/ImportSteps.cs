using System.Globalization;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>The other work of an import: filters, clearing, rows of hooks, ledgers; all in its transaction.</summary>
internal sealed class ImportSteps(ImportSettings settings, FilterSettings filters, IReadOnlyDictionary<ModelLabel, bool> isControl) : ImportRule
{
    private const int GuidBytes = 16;

    public override IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> Fields { get; } = filters.Fields;

    public override IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> RawFields { get; } = FormerOwners.Fields.Concat(settings.Drift.RawFields)
        .GroupBy(fields => fields.Key, fields => fields.Value)
        .ToDictionary(fields => fields.Key, fields => (IReadOnlyList<string>)[.. fields.SelectMany(names => names).Distinct(StringComparer.Ordinal)]);

    public override string? Fingerprint => string.Join('\n', filters.Fingerprint, settings.Fingerprint);

    /// <summary>The identity of the import, known once it has begun.</summary>
    internal Guid ImportUuid { get; private set; }

    public override void Read(RawRecord record)
    {
        settings.Owners.Read(record);
        settings.Drift.Read(record);
    }

    public override void Choose(RecordSelection selection)
    {
        filters.Select(selection);
        settings.Drift.Choose(selection);
    }

    public override async Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken)
    {
        if (settings.IsGlobal)
        {
            await session.ClearAsync(settings.Options.DangerouslyAllowAnyDatabaseName, cancellationToken).ConfigureAwait(false);
        }

        if (settings.Flags.ImportUuid is { } given)
        {
            ImportUuid = await IsKnownAsync(session, given, cancellationToken).ConfigureAwait(false) ? throw Errors.ImportKnown(given) : given;
            return;
        }

        var attempt = 0;
        do
        {
            ImportUuid = Made(session, attempt++);
        }
        while (await IsKnownAsync(session, ImportUuid, cancellationToken).ConfigureAwait(false));
    }

    public override Task ResumeAsync(ImportSession session, CancellationToken cancellationToken)
    {
        ImportUuid = settings.Flags.ImportUuid!.Value;
        return Task.CompletedTask;
    }

    public override async Task AfterChunkAsync(
        ImportSession session, ModelLabel model, int firstOrdinal, int lastOrdinal, CancellationToken cancellationToken)
    {
        await new Ledger(settings, session, ImportUuid, isControl).WriteChunkAsync(model, firstOrdinal, lastOrdinal, cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(session, cancellationToken).ConfigureAwait(false);
    }

    public override async Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken)
    {
        var hooks = new HookRows(settings, session);
        await hooks.WriteOwnAsync(cancellationToken).ConfigureAwait(false);
        await hooks.WriteMissingAsync(cancellationToken).ConfigureAwait(false);
        await StarredRows.WriteAsync(settings, session, cancellationToken).ConfigureAwait(false);
        await new Ledger(settings, session, ImportUuid, isControl).WriteAsync(cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConfirmAsync(ImportSession session, CancellationToken cancellationToken)
    {
        if (settings.Options.Confirm is { } confirm)
        {
            var within = session.CreateCommand("SELECT 1");
            await using (within.ConfigureAwait(false))
            {
                await confirm(within.Transaction!, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Guid Made(ImportSession session, int attempt)
    {
        var bytes = session.Values.Bytes(GuidBytes, Labels.RegionImportChunk, "import_uuid", RecordKey.From(0), attempt);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static async Task<bool> IsKnownAsync(ImportSession session, Guid importUuid, CancellationToken cancellationToken)
    {
        var counts = await SupportRows.QueryAsync(
            session,
            "SELECT (SELECT count(*) FROM sentry_regionimportchunk WHERE import_uuid = @p0) "
            + "+ (SELECT count(*) FROM sentry_controlimportchunk WHERE import_uuid = @p0)",
            [importUuid],
            cancellationToken).ConfigureAwait(false);
        return Convert.ToInt64(counts[0][0], CultureInfo.InvariantCulture) > 0;
    }
}
