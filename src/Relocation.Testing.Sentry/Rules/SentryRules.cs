namespace Relocation.Testing.Sentry.Rules;

/// <summary>The rules of one import, and its options for single models.</summary>
internal static class SentryRules
{
    /// <summary>Parts of older backups that newer model sets do not have.</summary>
    private static readonly BackupRule[] Removed =
    [
        BackupRule.ModelDropped("sentry.actor"), BackupRule.FieldDropped("sentry.team", "actor"), BackupRule.FieldDropped("sentry.team", "org_role"),
        BackupRule.FieldDropped("sentry.rule", FormerOwners.Owner), BackupRule.FieldDropped("sentry.alertrule", FormerOwners.Owner),
    ];

    /// <summary>Takes options that leave to Sentry's rules what these decide.</summary>
    internal static ImportOptions Accept(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (string Name, bool IsGiven)[] decided =
        [
            (nameof(options.Scope), options.Scope != ImportScope.Everything), (nameof(options.OnCollision), options.OnCollision is not null),
            (nameof(options.Models), options.Models.Count > 0), (nameof(options.BackupRules), options.BackupRules.Count > 0),
            (nameof(options.KnownKeys), options.KnownKeys is not null), (nameof(options.ResumeId), options.ResumeId is not null),
        ];
        return Array.Find(decided, option => option.IsGiven) is { Name: { } name } ? throw Errors.DecidedByRules(name) : options;
    }

    /// <summary>The options of an import.</summary>
    internal static ImportOptions OptionsOf(
        RelocationModel model, ImportSettings settings, ImportRule steps, PrimaryKeyMap? knownKeys, DriftPolicy unknownModels, bool isBatch = false) =>
        settings.Options.Import with
        {
            Scope = settings.Scope,
            UnknownModels = unknownModels,
            Models = For(model, settings),
            BackupRules = [.. Removed.Where(rule => !IsKnown(model, rule))],
            KnownKeys = knownKeys,
            ResumeId = isBatch || !settings.Options.IsResumable ? null : settings.Flags.ImportUuid,
            Rules = [steps, .. settings.Options.Import.Rules],
        };

    private static bool IsKnown(RelocationModel model, BackupRule rule) =>
        model.Find(rule.Model) is { } entity && (rule.Field is null || entity.Has(rule.Field));

    /// <summary>The options of each model with rules or policies.</summary>
    private static Dictionary<ModelLabel, ModelOptions> For(RelocationModel model, ImportSettings settings)
    {
        var rules = new List<SentryRule>
        {
            new UserRule(settings), new EmailRule(settings), new UserEmailRule(settings), new UserOptionRule(settings), new UserIpRule(settings),
            new UserPermissionRule(settings), new ApiTokenRule(settings, model.Find(Labels.ApiToken)!), new OrgAuthTokenRule(settings), new OrganizationRule(settings),
            new OrganizationMemberRule(settings), new MemberSlugRule(settings, Labels.Project), new MemberSlugRule(settings, Labels.Team),
            new ProjectKeyRule(settings), new ProjectOptionRule(settings), new QuerySubscriptionRule(settings), new SavedSearchRule(settings),
            new FreshGuidRule(settings, Labels.Monitor, "guid"), new FreshGuidRule(settings, Labels.Incident, "detection_uuid"),
            new FreshGuidRule(settings, Labels.IncidentActivity, "notification_uuid"),
            new ConfigRule(settings, Labels.Option, ["key"]), new ConfigRule(settings, Labels.ControlOption, ["key"]),
            new ConfigRule(settings, Labels.Relay, ["relay_id"]), new ConfigRule(settings, Labels.RelayUsage, ["relay_id", "version"]),
            new ConfigRule(settings, Labels.UserRole, ["name"]),
            new OwnerRule(settings, Labels.Rule, "owner_user_id", "owner_team"), new OwnerRule(settings, Labels.AlertRule, "user_id", "team"),
        };
        rules.AddRange(PlainNumber.All.Select(number => new PlainNumberRule(settings, number)));
        rules.AddRange(KeysInJson.All.Select(keys => new KeysInJsonRule(settings, keys)));
        rules.RemoveAll(rule => !rule.Fits(model.Find(rule.Model)!));
        var ruled = rules.Select(rule => rule.Model).ToHashSet();
        rules.AddRange(model.Entities
            .Where(entity => !ruled.Contains(entity.Label) && entity.Fields.Any(field => field.Name == KeptSlugRule.Field))
            .Append(model.Find(Labels.Monitor)!)
            .Where(entity => !entity.Scopes.Contains("Excluded"))
            .Select(entity => new KeptSlugRule(settings, entity.Label)));
        var options = rules.GroupBy(rule => rule.Model)
            .ToDictionary(group => group.Key, group => new ModelOptions { Rules = [.. group] });
        options[Labels.OrganizationMember] = new ModelOptions
        {
            Rules = options[Labels.OrganizationMember].Rules,
            OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["inviter_id"] = UnresolvedReferencePolicy.SetNull },
        };
        if (settings.IsGlobal)
        {
            // The addresses to which clients report contain the project's key.
            options[Labels.Project] = new ModelOptions { Rules = options[Labels.Project].Rules, Keys = KeyPolicy.Preserve };
        }

        return options;
    }
}
