-- The action group INJECT_EXTERNAL_TASKS (1500): for SuperUser, for the role that is made for it, and, as the feature page asks,
-- for the admins' roles that people have made before. ReadOnlyAdmin and roles of users do not get it.

INSERT INTO role_action_group (role_id, action_group)
    SELECT id, 1500 FROM role
    WHERE name IN ('SuperUser', 'ExternalTasksCreator') OR (role_type = 'admin' AND predefined = 0)
    ON CONFLICT DO NOTHING;
