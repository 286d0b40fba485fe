using System.Reflection;
using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Sentry's own tests of imports, and what became of each here.</summary>
public static class ParityList
{
    /// <summary>All tests that the specification lists, by section.</summary>
    private static readonly Dictionary<string, string[]> Listed = new()
    {
        ["12.5"] =
        [
            "test_users_sanitized_in_user_scope", "test_users_sanitized_in_organization_scope", "test_users_unsanitized_in_config_scope",
            "test_users_unsanitized_in_global_scope", "test_generate_suffix_for_already_taken_organization",
            "test_generate_suffix_for_already_taken_organization_with_control_option", "test_generate_suffix_for_already_taken_username",
            "test_bad_invalid_user", "test_good_regional_user_ip_in_global_scope", "test_good_multiple_user_ips_per_user_in_global_scope",
            "test_bad_invalid_user_ip", "test_good_multiple_useremails_per_user_in_user_scope",
            "test_good_multiple_useremails_per_user_in_global_scope", "test_bad_invalid_user_option", "test_import_signaling_user",
            "test_import_signaling_organization", "test_import_signaling_organization_with_control_provisioning_option",
            "test_user_import_scoping", "test_organization_import_scoping", "test_config_import_scoping", "test_global_import_scoping",
            "test_clears_existing_models_in_global_scope", "test_persist_existing_models_in_user_scope",
            "test_persist_existing_models_in_config_scope", "test_persist_existing_models_in_organization_scope",
            "test_user_import_decryption", "test_organization_import_decryption", "test_config_import_decryption", "test_global_import_decryption",
            "test_import_filter_users", "test_import_filter_users_shared_email", "test_import_filter_users_empty",
            "test_import_filter_orgs_single", "test_import_filter_orgs_multiple", "test_import_filter_orgs_empty", "test_colliding_api_token",
            "test_colliding_member_invite_token", "test_colliding_monitor", "test_colliding_org_auth_token", "test_colliding_project_key",
            "test_colliding_query_subscription", "test_colliding_saved_search", "test_colliding_data_source",
            "test_colliding_configs_overwrite_configs_enabled_in_config_scope", "test_colliding_configs_overwrite_configs_disabled_in_config_scope",
            "test_colliding_user_with_merging_enabled_in_user_scope", "test_colliding_user_with_merging_disabled_in_user_scope",
            "test_colliding_user_with_merging_enabled_in_organization_scope", "test_colliding_user_with_merging_disabled_in_organization_scope",
            "test_colliding_user_with_merging_enabled_in_config_scope", "test_colliding_user_with_merging_disabled_in_config_scope",
            "test_hide_organizations_import_flag", "test_organization_member_inviter_id", "test_project_ids_retained_in_global_scope",
            "test_project_ids_reassigned_in_organization_scope", "test_exact_multiple_of_batch_size", "test_one_more_than_batch_size",
        ],
        ["12.6"] =
        [
            "test_user_export_scoping", "test_organization_export_scoping", "test_config_export_scoping", "test_global_export_scoping",
            "test_export_filter_users", "test_export_filter_users_shared_email", "test_export_filter_users_empty",
            "test_export_filter_orgs_single", "test_export_filter_orgs_multiple", "test_export_filter_orgs_empty",
            "test_export_keep_only_admin_users_in_config_scope", "test_export_query_for_option_model", "Checkpointer: full", "Checkpointer: partial",
            "Checkpointer: corrupt",
        ],
        ["12.10 export"] =
        [
            "test_bad_unknown_model", "test_bad_unexportable_model", "test_bad_incorrect_silo_mode_for_model", "test_bad_unspecified_scope",
        ],
        ["12.10"] =
        [
            "test_good_local_retry_idempotent", "test_good_remote_retry_idempotent", "test_good_handles_racing_imports",
            "test_bad_unknown_model", "test_bad_incorrect_silo_mode_for_model", "test_bad_unspecified_scope", "test_bad_missing_import_uuid",
            "test_bad_invalid_min_ordinal", "test_bad_invalid_json", "test_bad_validation", "test_bad_unexpected_model",
        ],
        ["12.13"] =
        [
            "test_exhaustive_clean_pks", "test_exhaustive_dirty_pks", "test_uniqueness", "test_date_with_and_without_zeroed_millis",
            "test_app_user_with_empty_email", "test_good_fresh_install", "test_bad_unequal_json", "test_date_updated_with_zeroed_milliseconds",
            "test_date_updated_with_unzeroed_milliseconds", "test_good_continuing_sequences", "test_user_pk_mapping", "test_api_auth",
            "test_notification_action", "test_fresh_install", "test_datasource_import_with_wrong_ordering",
        ],
        ["12.4"] = ["test_at_head", "test_at_<old release>"],
        ["12.12"] = ["test_detailed", "test_flat", "test_sorted", "test_truncate"],

        // Saving events; what of it needs no database is tested without one too.
        ["addendum"] =
        [
            "C-8", "C-9", "C-10", "E-1", "E-2", "E-3", "E-4", "E-5", "E-6", "E-7", "E-8", "E-9", "E-10", "E-11", "E-12", "E-13", "E-14", "E-15", "E-16",
            "E-17", "E-18", "E-19", "E-20", "E-21", "E-22", "E-23", "E-24", "E-25", "E-26", "E-27", "E-28", "E-29", "E-30", "E-31", "E-32", "E-33",
            "E-34", "E-35", "E-36", "E-37", "E-38", "E-39", "E-40", "E-41", "E-42", "E-43", "E-44", "E-45", "E-46", "E-47", "E-48", "E-49", "E-50",
            "E-51", "E-52", "E-53", "E-54", "E-55", "E-56", "E-57", "E-58", "E-59",
        ],
        ["events 16"] =
        [
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
        ],
    };

    /// <summary>Tests that have no counterpart, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["test_colliding_data_source"] = "The catalogue of models ends before data sources.",
        ["test_datasource_import_with_wrong_ordering"] = "The catalogue of models ends before data sources.",
        ["test_good_remote_retry_idempotent"] = "The same as its local form, through remote calls between silos.",
    };

    /// <summary>What is wrong: names that are neither covered nor excused, or excused and covered, or covered and not listed.</summary>
    public static IReadOnlyList<string> Findings()
    {
        var covered = typeof(ParityList).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<ParityAttribute>())
            .Select(parity => $"{parity.Section} {parity.Test}").ToHashSet(StringComparer.Ordinal);
        var listed = Listed.Concat(TaskParityList.Listed).Concat(RelocationParityList.Listed).SelectMany(section => section.Value.Select(test => (Name: $"{section.Key} {test}", Test: test))).ToList();
        var excused = Excepted.Keys.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. listed.Where(test => !covered.Contains(test.Name) && !excused.Contains(test.Test)).Select(test => $"missing: {test.Name}"),
            .. listed.Where(test => covered.Contains(test.Name) && excused.Contains(test.Test)).Select(test => $"excused and there: {test.Name}"),
            .. covered.Except(listed.Select(test => test.Name)).Select(name => $"not listed: {name}"),
            .. excused.Except(listed.Select(test => test.Test)).Select(name => $"excused and not listed: {name}"),
        ];
    }
}
