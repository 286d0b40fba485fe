using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>The database of a validation: an empty one with the tables that imports write to, removed afterwards.</summary>
internal static class ScratchDatabase
{
    /// <summary>Creates it. It is never reset; a copy is the cheapest way without an undo log.</summary>
    internal static Task<TestDatabase> CreateAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var target = context.Options.ScratchTarget?.Invoke(context.Connection) ?? context.Engine.TargetBeside(context.Connection);
        return TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = target,
                Model = SentryModel.CreateForImport(target.Engine, context.Options.Version),
                Schema = SchemaSource.FromModel,
                Reset = new ResetOptions { Strategy = ResetStrategy.Copy },
                Log = said => ValidationLog.Scratch(context.Logger, said),
            },
            cancellationToken);
    }
}
