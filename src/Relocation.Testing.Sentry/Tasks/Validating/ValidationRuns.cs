using System.Buffers.Binary;
using System.Security.Cryptography;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>The number of runs of a validation, their time limit, and what follows a failed run (docs/tasks.md, The validation).</summary>
internal static class ValidationRuns
{
    /// <summary>The largest number of runs.</summary>
    internal const int Most = 3;

    /// <summary>The time limit of a run.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromMinutes(60);

    /// <summary>The latest run of a relocation, if it has not ended.</summary>
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
    /// Ends the relocation after its last run: the validation's status is the most definite of its runs, and "timed out" only if all of
    /// them timed out.
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

    /// <summary>The identity of a run: stable if that run is started again, unique among all runs of all relocations.</summary>
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

    /// <summary>The seed of a run's import.</summary>
    internal static long SeedOf(Guid buildId)
    {
        Span<byte> bytes = stackalloc byte[16];
        buildId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
