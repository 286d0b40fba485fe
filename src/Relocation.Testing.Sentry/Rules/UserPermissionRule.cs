namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's permissions: dropped for merged users.</summary>
internal sealed class UserPermissionRule(ImportSettings settings) : SentryRule(settings)
{
    public override IReadOnlyList<string> Fields { get; } = ["user"];

    internal override ModelLabel Model => Labels.UserPermission;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        OfNewUsers(chunk);
        return Task.CompletedTask;
    }
}
