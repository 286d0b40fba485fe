using System.Buffers;
using System.Data.Common;
using System.Security.Cryptography;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Creates the rows of new relocations, or refuses them (docs/tasks.md, States).</summary>
internal sealed class RelocationStart(DatabaseEngine engine, DbConnection connection, RelocationTaskOptions options)
{
    private const int PieceLength = 64 * 1024;
    private const long SmallBelow = 10L << 20;
    private const long MediumBelow = 100L << 20;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private DateTimeOffset Now => options.Clock.GetUtcNow();

    /// <summary>Stores the file, then makes the rows in one transaction.</summary>
    /// <returns>The relocation's identity.</returns>
    internal async Task<Guid> BeginAsync(RelocationRequest request, CancellationToken cancellationToken)
    {
        var slugs = SlugsOf(request);
        var stream = request.File ?? throw Errors.NoExport();
        var creator = request.Creator ?? request.Owner;
        if (creator != request.Owner && !request.IsElevated)
        {
            throw Errors.OtherOwner(creator);
        }

        // Everything that does not need the file is checked before it is read.
        var uuid = request.Uuid ?? MakeUuid();
        var sql = new TaskSql(engine, connection, null);
        await UsersAsync(sql, request.Owner, creator, cancellationToken).ConfigureAwait(false);
        await RefuseTakenAsync(sql, uuid, cancellationToken).ConfigureAwait(false);

        var name = RunFiles.Uploaded(uuid);
        try
        {
            var size = await StoreAsync(name, stream, cancellationToken).ConfigureAwait(false);
            await InsertAsync(
                request.Owner,
                creator,
                async (within, row) =>
                {
                    await RefuseFullDayAsync(within, request, size, cancellationToken).ConfigureAwait(false);
                    return (row with { Uuid = uuid, WantOrgSlugs = slugs, Provenance = request.Provenance }, new FileRow(name, size));
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Another process may have started a relocation with that identity meanwhile.
            if (await RelocationRows.FindAsync(sql, uuid, CancellationToken.None).ConfigureAwait(false) is null)
            {
                await options.Storage.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        return uuid;
    }

    /// <summary>Creates the rows of a relocation with the file, owner and organizations of a failed one.</summary>
    /// <returns>The new relocation's identity.</returns>
    internal async Task<Guid> RetryAsync(Guid failed, string? creator, Guid? newUuid, CancellationToken cancellationToken)
    {
        var sql = new TaskSql(engine, connection, null);
        var row = await RelocationRows.FindAsync(sql, failed, cancellationToken).ConfigureAwait(false) ?? throw Errors.RelocationMissing(failed);
        if (row.Status != RelocationStatus.Failure)
        {
            throw Errors.WrongStatus(failed, row.Status, "retried", "Only one that has failed can be; resume one that has not ended.");
        }

        var owner = await UserRows.FindNameAsync(sql, row.OwnerId, cancellationToken).ConfigureAwait(false) ?? throw Errors.OwnerGone(failed);
        var file = await FileRow.FindAsync(sql, row.Id, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileMissing(failed);
        var stream = await options.Storage.OpenAsync(file.Name, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileMissing(failed);
        await stream.DisposeAsync().ConfigureAwait(false);
        var uuid = newUuid ?? MakeUuid();
        await RefuseTakenAsync(sql, uuid, cancellationToken).ConfigureAwait(false);

        await InsertAsync(
            owner,
            creator ?? owner,
            (_, begun) => Task.FromResult((begun with { Uuid = uuid, WantOrgSlugs = row.WantOrgSlugs }, file)),
            cancellationToken).ConfigureAwait(false);
        return uuid;
    }

    private static List<string> SlugsOf(RelocationRequest request)
    {
        var slugs = request.Organizations.Select(slug => slug.Trim()).Where(slug => slug.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return slugs.Count == 0 ? throw Errors.NoOrganization()
            : WantedSlugs.FirstBadAtCreation(slugs) is { } bad ? throw Errors.BadSlug(bad)
            : slugs;
    }

    /// <summary>A random identity: two databases may share a storage.</summary>
    private static Guid MakeUuid()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The import's identity will be the relocation's, so rows that another import has left under it would be taken for its own.</summary>
    private static async Task RefuseTakenAsync(TaskSql sql, Guid uuid, CancellationToken cancellationToken)
    {
        if (await RelocationRows.FindAsync(sql, uuid, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Errors.RelocationExists(uuid);
        }

        if (await new ImportedRows(sql, uuid).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            throw Errors.ImportExists(uuid);
        }
    }

    private static async Task<(long Owner, long Creator)> UsersAsync(TaskSql sql, string owner, string creator, CancellationToken cancellationToken)
    {
        var ownerId = await UserRows.FindIdAsync(sql, owner, cancellationToken).ConfigureAwait(false) ?? throw Errors.UserMissing(owner, "owner");
        var creatorId = await UserRows.FindIdAsync(sql, creator, cancellationToken).ConfigureAwait(false) ?? throw Errors.UserMissing(creator, "creator");
        return await RelocationRows.FindActiveAsync(sql, ownerId, cancellationToken).ConfigureAwait(false) is { } active
            ? throw Errors.OwnerBusy(owner, active)
            : (ownerId, creatorId);
    }

    private async Task InsertAsync(
        string owner, string creator, Func<TaskSql, RelocationRow, Task<(RelocationRow Row, FileRow File)>> fill, CancellationToken cancellationToken)
    {
        if (options.AutopauseAt is { } pauseAt && pauseAt is < RelocationStep.Preprocessing or > RelocationStep.Notifying)
        {
            throw Errors.WrongStep("paused", pauseAt, RelocationStep.Uploading);
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var sql = new TaskSql(engine, connection, transaction);

            // Two relocations for one owner that are started at the same time wait for each other here.
            await sql.QueryAsync($"SELECT id FROM auth_user WHERE username = @p0{sql.ForUpdate}", [owner], cancellationToken).ConfigureAwait(false);
            var (ownerId, creatorId) = await UsersAsync(sql, owner, creator, cancellationToken).ConfigureAwait(false);
            var (row, file) = await fill(sql, new RelocationRow
            {
                Id = 0,
                Uuid = Guid.Empty,
                OwnerId = ownerId,
                CreatorId = creatorId,
                Step = RelocationStep.Uploading,
                PauseAt = options.AutopauseAt,
                WantOrgSlugs = [],
            }).ConfigureAwait(false);
            var id = await RelocationRows.InsertAsync(sql, row, Now, cancellationToken).ConfigureAwait(false);
            await file.InsertAsync(sql, id, Now, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> StoreAsync(string name, Stream file, CancellationToken cancellationToken)
    {
        var size = 0L;
        await options.Storage.WriteAsync(
            name,
            async (stream, cancellation) =>
            {
                var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
                try
                {
                    for (var read = 1; read > 0;)
                    {
                        read = await file.ReadAsync(piece.AsMemory(), cancellation).ConfigureAwait(false);
                        size += read;
                        if (size > options.Limits.FileBytes)
                        {
                            throw Errors.FileTooLarge(options.Limits.FileBytes);
                        }

                        await stream.WriteAsync(piece.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(piece, clearArray: true);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return size;
    }

    private async Task RefuseFullDayAsync(TaskSql sql, RelocationRequest request, long size, CancellationToken cancellationToken)
    {
        if (MostPerDay(size) is not { } most || request.IsElevated)
        {
            return;
        }

        var sizes = await FileRow.SizesSinceAsync(sql, Now - Day, cancellationToken).ConfigureAwait(false);
        if (sizes.Count(other => ClassOf(other) == ClassOf(size)) >= most)
        {
            throw Errors.DayIsFull(most);
        }
    }

    private static int ClassOf(long size) => size < SmallBelow ? 0 : size < MediumBelow ? 1 : 2;

    private int? MostPerDay(long size) => ClassOf(size) switch
    {
        0 => options.Limits.SmallPerDay,
        1 => options.Limits.MediumPerDay,
        _ => options.Limits.LargePerDay,
    };
}
