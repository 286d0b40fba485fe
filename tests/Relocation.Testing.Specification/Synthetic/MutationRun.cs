using System.Diagnostics;
using System.Globalization;
using Check = Xunit.Assert;
using Recorder = Xunit.Record;
using Running = Xunit.TestContext;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>Tries hostile inputs one after the other, and counts what becomes of them.</summary>
/// <remarks>
/// With the environment variable <c>RELOCATION_HOSTILE_INPUTS</c> there are as many, over all kinds, else a sample. <c>RELOCATION_HOSTILE_SEED</c> is the
/// seed that a failure names, and <c>RELOCATION_HOSTILE_FIGURES</c> a file that gets a line for each kind.
/// </remarks>
public sealed class MutationRun
{
    private const int Sample = 1_200;
    private const int DefaultSeed = 13;

    /// <summary>An input is small: whatever takes this long hangs, even on a busy machine.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(30);

    private static readonly Lock FiguresLock = new();

    private readonly string _kind;
    private readonly int _count;
    private long _refused;
    private long _accepted;
    private long _mostAllocated;
    private (TimeSpan Time, int Number) _slowest;

    /// <param name="kind">What kind of input it is, for the figures.</param>
    /// <param name="percent">How many of a hundred inputs are of the kind.</param>
    public MutationRun(string kind, int percent)
    {
        _kind = kind;
        _count = Math.Max(1, Number("RELOCATION_HOSTILE_INPUTS", Sample) * percent / 100);
        Seed = Number("RELOCATION_HOSTILE_SEED", DefaultSeed);
    }

    public int Seed { get; }

    /// <summary>Tries all inputs.</summary>
    /// <param name="tryAsync">Tries one; an exception of ours means that it was refused.</param>
    /// <param name="whenRefused">What has to hold after a refusal.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(
        Func<Mutator, int, CancellationToken, Task> tryAsync, Func<Exception, Task> whenRefused, CancellationToken cancellationToken)
    {
        var from = Number("RELOCATION_HOSTILE_FIRST", 0);
        for (var number = from; number < from + _count; number++)
        {
            await TryAsync(number, tryAsync, whenRefused, cancellationToken);
        }

        WriteFigures();

        // What is refused whatever is done to it was no good input.
        Check.True(_count < 50 || (_accepted > 0 && _refused > 0), $"{_kind}: {_accepted} accepted and {_refused} refused");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private async Task TryAsync(
        int number, Func<Mutator, int, CancellationToken, Task> tryAsync, Func<Exception, Task> whenRefused, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestTime);
        var (clock, thread, allocated) = (Stopwatch.StartNew(), Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        var refusal = await Recorder.ExceptionAsync(() => tryAsync(new Mutator(Seed, number), number, limit.Token));
        if (clock.Elapsed > _slowest.Time)
        {
            _slowest = (clock.Elapsed, number);
        }

        if (thread == Environment.CurrentManagedThreadId)
        {
            _mostAllocated = Math.Max(_mostAllocated, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var where = $"{_kind}: input {number} of seed {Seed} (RELOCATION_HOSTILE_SEED={Seed} RELOCATION_HOSTILE_FIRST={number})";
        Check.False(limit.IsCancellationRequested, $"{where} took more than {LongestTime.TotalSeconds} s");
        if (refusal is null)
        {
            _accepted++;
            return;
        }

        _refused++;
        try
        {
            await whenRefused(refusal);
        }
        catch (Xunit.Sdk.XunitException wrong)
        {
            Check.Fail($"{where}: {wrong.Message}{Environment.NewLine}{refusal}");
        }
    }

    private void WriteFigures()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_kind}: {_refused + _accepted} inputs of seed {Seed}, {_refused} refused, {_accepted} accepted, slowest {_slowest.Time.TotalMilliseconds:F0} ms (input {_slowest.Number}), most allocated {_mostAllocated / 1024} KiB");
        Running.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("RELOCATION_HOSTILE_FIGURES") is { Length: > 0 } file)
        {
            lock (FiguresLock)
            {
                File.AppendAllText(file, line + Environment.NewLine);
            }
        }
    }
}
