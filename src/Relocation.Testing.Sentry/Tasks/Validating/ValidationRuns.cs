using System.Buffers.Binary;
using System.Security.Cryptography;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>
/// How many runs a validation has, how long each may take, and what follows from those that came to nothing (docs/tasks.md, The
/// validation).
/// </summary>
internal static class ValidationRuns
{
    /// <summary>How many runs there may be.</summary>
    internal const int Most = 3;

    /// <summary>How long a run may take.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromMinutes(60);

    /// <summary>The run of a relocation that was started last, if it has not ended.</summary>
    internal static async Task<(ValidationRow Validation, IReadOnlyList<ValidationAttemptRow> Runs, ValidationAttemptRow Last)?> FindOpenAsync(
        TaskContext context, CancellationToken cancellationToken)
    {
        if (await ValidationRow.FindAsync(context.Sql, context.Relocation.Id, cancellationToken).ConfigureAwait(false) is not { } validation)
        {
            return null;
        }

        var runs = await ValidationAttemptRow.ListAsync(context.Sql, validation.Id, cancellationToken).ConfigureAwait(false);
        return runs is [.., { Status: RelocationValidationStatus.InProgress } last] ? (validation, runs, last) : null;
    }

    /// <summary>
    /// Ends the relocation after its last run: what came of the validation is the more definite of what came of its runs, and "timed out" only where all
    /// of them did.
    /// </summary>
    internal static TaskOutcome GiveUp(
        TaskContext context, ValidationRow validation, IReadOnlyList<RelocationValidationStatus> runs, TaskEffect? before = null)
    {
        var status = runs.Max();
        return TaskOutcome.Fail(
            FailureReason.Of(status == RelocationValidationStatus.Timeout ? FailureCategory.ValidatingTimedOut : FailureCategory.ValidatingIncomplete),
            async (sql, row, cancellation) =>
            {
                row = before is null ? row : await before(sql, row, cancellation).ConfigureAwait(false);
                await (validation with { Status = status }).UpdateAsync(sql, context.Now, cancellation).ConfigureAwait(false);
                return row;
            });
    }

    /// <summary>The identity of a run: the same whenever that run is started again, another for every run of every relocation.</summary>
    internal static Guid IdentityOf(Guid relocation, int number)
    {
        Span<byte> text = stackalloc byte[20];
        relocation.TryWriteBytes(text, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(text[16..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>What a run's import makes its values from.</summary>
    internal static long SeedOf(Guid buildId)
    {
        Span<byte> bytes = stackalloc byte[16];
        buildId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
